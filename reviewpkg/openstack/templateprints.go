package openstack

// templatePrints are the fingerprints of the sentences of the three templates. A
// test makes them from the templates, whose text stays out of the repository.
var templatePrints = map[uint64]bool{
	0x09d1e7b359d73c7a: true, 0x108d4130ecf667db: true, 0x11aec9d744b65312: true, 0x1283450c614459f1: true, 0x1297157fb6961446: true,
	0x17f458ee83d31930: true, 0x17f8ead542a3bf38: true, 0x1876a593ed7fe425: true, 0x1a5640b6f0089614: true, 0x1c2211ffb51d3b42: true,
	0x20d96a5d7732d7c4: true, 0x259eacb145a82f73: true, 0x2cf100cb9faac8d0: true, 0x367c2310ada5296b: true, 0x36920f6902823ec8: true,
	0x39a9894a6152ebf7: true, 0x39dfdbb01d67346d: true, 0x3beb289316b17511: true, 0x3e7cd18647142059: true, 0x40906c71b95bdbaa: true,
	0x49a7fdf7e64ac5f1: true, 0x501bd62420dc6569: true, 0x560eee1e2e40ca4a: true, 0x5a5affa8ad4c6fab: true, 0x5d0a4f20862d9b90: true,
	0x5d4ede78fa508315: true, 0x6448895a259bfe47: true, 0x645004c0adbfcc94: true, 0x64d76a29c3c72a02: true, 0x68718a8c1a531a82: true,
	0x69e64430847b8008: true, 0x6b811636cb0ec58e: true, 0x75f80730801e4a53: true, 0x76f8bf85be344e15: true, 0x7a7ee317750fe448: true,
	0x7b1cb332eeaff096: true, 0x7b53239f7692e7c8: true, 0x8031a80d73f6ebe0: true, 0x807798bdbe480be3: true, 0x818e4ef8560fd0e0: true,
	0x8211887aec5ea4d0: true, 0x8626cb8a58316a67: true, 0x891a2d122516f29a: true, 0x89422aa3df42ee2c: true, 0x8c23a3d695a97632: true,
	0x9931dae975c85920: true, 0x9a2a9971529a5bb4: true, 0x9a2a9c71529a60cd: true, 0x9e5b2cf0cebfd25e: true, 0x9f3d6ac1b48f0805: true,
	0xa721a9de973e0e79: true, 0xa8d3373c5fed4cd6: true, 0xab7b3a58e2f0ef79: true, 0xb36cfbde5acc5ee8: true, 0xb9b2262e9772d68f: true,
	0xbb908b70f624a15e: true, 0xc29597c4576b4ffc: true, 0xc5cf81934c3f77b9: true, 0xc885176282e36109: true, 0xc91bc7363b1b9825: true,
	0xcea24fcf018e9a6b: true, 0xd57b824e6c9a3b5e: true, 0xdc59b14da35861e4: true, 0xdd60c293d4896307: true, 0xde5e4c639cd3e25e: true,
	0xe373236b6bac0cac: true, 0xe60763b88e29292d: true, 0xe66e088846f9b89c: true, 0xe685c1c7b983c8bb: true, 0xee46c1bcfa037e18: true,
	0xf23d5eb62e6eb23d: true, 0xf2822fa72cb5ef4b: true, 0xfc1dc604ad7cd1f7: true,
}

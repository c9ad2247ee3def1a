package reviewpkg

import (
	"encoding/base64"
	"math"
	"strconv"
	"strings"

	"google.golang.org/protobuf/reflect/protoreflect"

	"github.com/reviewpkg/sdk/internal/source"
)

// scalar returns the value of n for the field fd, or false after a diagnostic.
func (d *decoder) scalar(fd protoreflect.FieldDescriptor, n *source.Node) (protoreflect.Value, bool) {
	switch fd.Kind() {
	case protoreflect.StringKind:
		// Plain is YAML: version: 1.10 and answer: yes are texts here, whatever
		// else YAML takes them for.
		if n.Kind == source.String || n.Plain && n.Kind != source.Null {
			return protoreflect.ValueOfString(n.Text), true
		}
		d.wrongType(fd, n, "a text")
	case protoreflect.EnumKind:
		return d.enum(fd, n)
	case protoreflect.BoolKind:
		if n.Kind == source.Bool {
			return protoreflect.ValueOfBool(n.Truth()), true
		}
		d.wrongType(fd, n, "true or false")
	case protoreflect.BytesKind:
		return d.bytes(fd, n)
	case protoreflect.FloatKind:
		f, ok := d.float(fd, n, 32)
		return protoreflect.ValueOfFloat32(float32(f)), ok
	case protoreflect.DoubleKind:
		f, ok := d.float(fd, n, 64)
		return protoreflect.ValueOfFloat64(f), ok
	default:
		return d.integer(fd, n)
	}
	return protoreflect.Value{}, false
}

// bytes decodes base64 in any of its four usual forms.
func (d *decoder) bytes(fd protoreflect.FieldDescriptor, n *source.Node) (protoreflect.Value, bool) {
	if n.Kind != source.String && !n.Plain {
		d.wrongType(fd, n, "a text in base64")
		return protoreflect.Value{}, false
	}
	// The proto JSON mapping allows both alphabets, with padding or without.
	// Only one of them has - and _, so that a look decides.
	enc := base64.RawStdEncoding
	if strings.ContainsAny(n.Text, "-_") {
		enc = base64.RawURLEncoding
	}
	b, err := enc.DecodeString(strings.TrimRight(n.Text, "="))
	if err != nil {
		d.fail(BadFormat, n, "%s is %s, which is not base64", d.thing(fd), describe(n))
		return protoreflect.Value{}, false
	}
	return protoreflect.ValueOfBytes(b), true
}

// float decodes a floating-point number of the given size in bits.
func (d *decoder) float(fd protoreflect.FieldDescriptor, n *source.Node, bits int) (float64, bool) {
	// JSON has no literals for these; protobuf writes them as texts.
	if n.Kind == source.String {
		switch n.Text {
		case "NaN":
			return math.NaN(), true
		case "Infinity":
			return math.Inf(1), true
		case "-Infinity":
			return math.Inf(-1), true
		}
	}
	// The proto JSON mapping takes a number in quotes as well; strconv alone
	// would also take hexadecimal digits, inf and +1.
	if n.Kind != source.Number && (n.Kind != source.String || !source.IsNumber(n.Text)) {
		d.wrongType(fd, n, "a number")
		return 0, false
	}
	// At its own size: by way of 64 bits a float would be rounded twice.
	f, err := strconv.ParseFloat(n.Text, bits)
	if err != nil { // the form is right, so it can only be the size
		d.fail(OutOfRange, n, "%s is %s, which is too large a number", d.thing(fd), describe(n))
		return 0, false
	}
	return f, true
}

// integer decodes a whole number, which may be written as a text, or with a
// fraction or an exponent that leave it whole: 1.0, 1e3. The proto JSON mapping
// wants that, because JavaScript has no integers to write.
func (d *decoder) integer(fd protoreflect.FieldDescriptor, n *source.Node) (protoreflect.Value, bool) {
	if n.Kind != source.Number && (n.Kind != source.String || !source.IsNumber(n.Text)) {
		d.wrongType(fd, n, "a whole number")
		return protoreflect.Value{}, false
	}
	// Nearly all numbers are written in the plain way; the rest costs more.
	v, limits, err := parseInteger(fd.Kind(), n.Text)
	if err == nil {
		return v, true
	}
	text, whole := wholeNumber(n.Text)
	if !whole {
		d.fail(OutOfRange, n, "%s is %s, want a whole number", d.thing(fd), describe(n))
		return protoreflect.Value{}, false
	}
	if v, _, err = parseInteger(fd.Kind(), text); err == nil {
		return v, true
	}
	d.fail(OutOfRange, n, "%s is %s, want a number from %s", d.thing(fd), describe(n), limits)
	return protoreflect.Value{}, false
}

// parseInteger returns the value of a field of the given kind, and the limits
// of that kind in words. It never goes through a float, which cannot hold all
// numbers of 64 bits.
func parseInteger(kind protoreflect.Kind, text string) (protoreflect.Value, string, error) {
	switch kind {
	case protoreflect.Int32Kind, protoreflect.Sint32Kind, protoreflect.Sfixed32Kind:
		v, err := strconv.ParseInt(text, 10, 32)
		return protoreflect.ValueOfInt32(int32(v)), "-2147483648 to 2147483647", err
	case protoreflect.Uint32Kind, protoreflect.Fixed32Kind:
		v, err := strconv.ParseUint(text, 10, 32)
		return protoreflect.ValueOfUint32(uint32(v)), "0 to 4294967295", err
	case protoreflect.Uint64Kind, protoreflect.Fixed64Kind:
		v, err := strconv.ParseUint(text, 10, 64)
		return protoreflect.ValueOfUint64(v), "0 to 18446744073709551615", err
	default:
		v, err := strconv.ParseInt(text, 10, 64)
		return protoreflect.ValueOfInt64(v), "-9223372036854775808 to 9223372036854775807", err
	}
}

// wholeNumber writes a number without a fraction and an exponent, and reports
// whether that is possible. A number far out of range comes back as it was.
func wholeNumber(text string) (string, bool) {
	mantissa, exponent, _ := strings.Cut(strings.ToLower(text), "e")
	sign := ""
	if strings.HasPrefix(mantissa, "-") {
		sign, mantissa = "-", mantissa[1:]
	}
	// What is left of the digits ends with the last one that is not 0. Those in
	// front stay: strconv reads 012 as 12.
	before, after, _ := strings.Cut(mantissa, ".")
	digits := strings.TrimRight(before+after, "0")
	if strings.Trim(digits, "0") == "" {
		return "0", true
	}
	shift := int64(0)
	if exponent != "" {
		var err error
		// An exponent that does not fit is beyond all bounds, up or down. It
		// has 32 bits of 64, so that the sum below cannot overflow.
		if shift, err = strconv.ParseInt(exponent, 10, 32); err != nil {
			return text, !strings.HasPrefix(exponent, "-")
		}
	}
	// No integer type has more digits than this.
	const most = 20
	// The decimal point stands behind this many digits once the exponent is
	// applied. Nothing is built from a large exponent: 1e999999999 is short to
	// write and long to write out.
	point := len(before) + int(shift)
	switch {
	case point < len(digits):
		return text, false
	case point > most+len(digits):
		return text, true
	default:
		return sign + digits + strings.Repeat("0", point-len(digits)), true
	}
}

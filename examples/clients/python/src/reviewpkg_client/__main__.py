"""Runs the command line: python -m reviewpkg_client."""

import sys

from reviewpkg_client.cli import main

sys.exit(main())

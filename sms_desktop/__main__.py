"""``python -m sms_desktop``."""

import sys

from sms_desktop.cli import main

if __name__ == "__main__":
    sys.exit(main())

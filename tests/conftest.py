"""What all tests need."""

import signal

# Whoever starts the tests in the background has them ignore Ctrl-C, and all processes that they start.
signal.signal(signal.SIGINT, signal.default_int_handler)

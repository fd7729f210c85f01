"""Pure values and rules: no I/O, no clock, no Qt; imports nothing of the program but itself."""

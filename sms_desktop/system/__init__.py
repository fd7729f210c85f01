"""Small services of the operating system that any part of the program may lean on."""

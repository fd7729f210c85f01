"""The parts that the windows are made of."""

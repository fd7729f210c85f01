"""What the first run and the settings share: the fields of a sign-in, and the choice of a way in."""

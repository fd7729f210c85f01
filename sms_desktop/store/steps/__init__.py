"""The steps of the schema after the first, one module each; a released step is never edited."""

"""The windows, in Qt: shows what the use cases state, asks them for what the person wants."""

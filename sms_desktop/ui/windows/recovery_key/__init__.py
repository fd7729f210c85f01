"""The recovery key for the person who keeps it: shown, copied, saved, printed."""

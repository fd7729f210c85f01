"""From a profile on disk to its open store: which vault, which key, and what a person must be asked."""

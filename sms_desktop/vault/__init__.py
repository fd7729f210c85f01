"""Where secrets live: one Protocol, several keepers; never plain text on disk."""

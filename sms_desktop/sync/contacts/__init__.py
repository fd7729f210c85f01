"""The use cases of the address book: editing, importing, undoing, writing out."""

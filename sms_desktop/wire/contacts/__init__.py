"""Address books as bytes ⇄ entries: vCard files, tables, and Kandy's own book."""

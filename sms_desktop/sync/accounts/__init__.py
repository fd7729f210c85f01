"""Accounts and their numbers: signing in, keeping secrets, finding and changing numbers."""

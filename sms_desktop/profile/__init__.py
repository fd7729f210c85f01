"""A profile: one person's folder, its vault and its store; opened, and opened anew from a backup."""

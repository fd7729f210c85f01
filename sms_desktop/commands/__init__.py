"""The commands of the scriptable face, one module each: open the profile, do one thing, print, end.

Where a window is open on the same profile, it does what would get in its way.
"""

# One item, whole.


# One item, whole.

details-scroll = Scroll

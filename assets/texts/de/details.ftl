# One item, whole.

details-scroll = Blättern

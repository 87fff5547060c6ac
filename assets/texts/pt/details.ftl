# One item, whole.

details-scroll = Rolar

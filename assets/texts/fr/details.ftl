# One item, whole.

details-scroll = Défiler

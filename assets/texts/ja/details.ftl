# One item, whole.

details-scroll = スクロール

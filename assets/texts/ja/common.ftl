# What several screens say.

said = { $words }
list-more = { $most }、{ $next }
list-last = { $most }、{ $last }
list-others = ほか{ $count }件
key-back = 戻る
key-choose = 選択
key-move = 移動
key-scroll = スクロール
key-cancel = キャンセル
key-leave = 終了
key-start = スタート
io-missing = その名前のものがありません
io-denied = tenfoot に権限がありません
io-full = 空き容量がありません
io-read-only = 読み取り専用です

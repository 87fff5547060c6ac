# The code screen, and what it shares with the waiting screen.

code-go = スマートフォンで開く
code-enter = このコードを入力
code-enter-gap = このコードを空白なしで入力
code-enter-case = 大文字・小文字を区別してこのコードを入力
code-enter-case-gap = 大文字・小文字を区別し、空白なしでこのコードを入力
code-compare = ページにこのコードが表示されているか確認
code-safety = このテレビでご自身が始めた場合だけ承認してください
code-host = ページは { $host } にあります
code-host-short = ページ：{ $host }
code-scan-filled = またはスキャン：コードは入力済みです。同じか確認してください。
code-scan = またはスキャンして開き、コードを入力してください。
code-entered = 入力しました
code-new = 新しいコード
code-time-left = 残り { $time }
code-checking = 確認中…
code-next = { $seconds } 秒後に確認
code-slow-down = 確認を { $seconds } 秒ごとに減らしました（{ $host } の要求）。{ $next }
code-busy = 混雑中：{ $host }。{ $next }
code-reconnecting = 再接続中：{ $why }{ $next }。コードは有効なままです。
code-busy-short = 混雑中
code-slow-down-short = 確認間隔を延長
code-reconnecting-short = 再接続中
code-guest = ゲスト：このテレビには何も残りません

# The waiting screen.

waiting-session = おかえりなさい
waiting-session-of = おかえりなさい、{ $name } さん
waiting-session-more = このテレビのセッションを開いています。
waiting-demo = デモを開始しています
waiting-demo-more = tenfoot の中で動き、アカウントは要りません。
waiting-code = コードを取得しています
waiting-code-more = { $host } の応答を待っています。
waiting-approval = スマートフォンで承認
waiting-approval-more = { $host } での承認を待っています。スマートフォンにこのコードが表示されているはずです。
waiting-tokens = 承認されました
waiting-tokens-more = { $host } の応答を確認し、このテレビに安全に保存しています。
waiting-tokens-guest = { $host } の応答を確認しています。
waiting-show-code = コードをもう一度表示

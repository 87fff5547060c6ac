# After a sign-in that came to nothing.

ended-new-code = 新しいコードを取得
ended-again = もう一度試す
ended-again-in = { $seconds } 秒後に自動で再試行します。
ended-to-start = スタートに戻る
ended-quote = { $host } からのメッセージ：「{ $words }」
ended-expired = コードの期限が切れました
ended-expired-why = 時間内に承認されませんでした。
ended-expired-on = ボタン 1 つで新しいコードを取得できます。古いコードは使えません。
ended-denied = ログインが拒否されました
ended-denied-why = スマートフォンか { $host } で拒否されました。このテレビには誰もログインしていません。
ended-denied-on = 間違いでしたら、新しいコードを取得して承認してください。
ended-refused = { $host } がログインを中止しました
ended-refused-why = このコードはもう使えません。
ended-refused-on = 新しいコードで解決することがあります。だめな場合は、提供元の設定を確認してください。
ended-unreachable = { $host } に接続できません
ended-unreachable-on = このテレビの LAN ケーブルか Wi-Fi を確認して、もう一度お試しください。
ended-misconfigured = ログインの設定に誤りがあります
ended-misconfigured-on = このテレビを設定した人が、ここか提供元で直せます。
ended-untrusted = 応答を信頼できません
ended-untrusted-on = 何も保存されず、誰もログインしていません。まずこのテレビの時計を確認して、もう一度お試しください。
ended-not-stored = ログインを保存できません
ended-not-stored-on = 誰もログインしていません。空き容量を増やすか、保存先の権限を直して、もう一度お試しください。

# What is said aloud, in words for the ear.

spoken-code = スマートフォンで { $address } を開いてください。このコードを入力してください：{ $code }。
spoken-signed-in = { $name } さんとしてログインしています。
spoken-channel = チャンネル：{ $name }
spoken-account = アカウント：{ $name }
spoken-not-you = 別の方ですか？ログアウトします
spoken-close = 閉じる
spoken-switch = 別の人に切り替える
spoken-sign-out = ログアウト
spoken-signing-out = ログアウトしています。
spoken-loading = 読み込んでいます。
spoken-again = もう一度試す
spoken-items = { $count ->
    [0] まだ何もありません。
   *[other] { $count } 件あります。
}

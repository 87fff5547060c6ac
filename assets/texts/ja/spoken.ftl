# What is said aloud, in words for the ear.

spoken-code = スマートフォンで { $address } を開いてください。このコードを入力してください：{ $code }。
spoken-code-compare = スマートフォンで { $address } を開いてください。ページにこのコードが表示されているか確認してください：{ $code }。
spoken-capital = 大文字の { $letter }
spoken-signed-in = { $name } さんとしてログインしています。
spoken-channel = チャンネル：{ $name }
spoken-account = アカウント：{ $name }
spoken-items = { $count ->
    [0] まだ何もありません。
   *[other] { $count } 件あります。
}

# The service menu of a kiosk.

service-title = サービスメニュー
service-close = テレビに戻る
service-diagnose = 診断
service-leave = tenfoot を終了
service-shut = 設定を読み込めるようになるまで、tenfoot を終了できません。
service-pin = PIN を入力してください
service-pin-how = リモコンの数字キー、または矢印キーと OK で入力します。
service-type = 数字
service-delete = 削除
service-wrong = PIN が違います。{ $seconds } 秒後にもう一度入力できます。
service-looking = ログインに必要なものをすべて確認しています…
service-good = 正常
service-weak = 警告
service-bad = 失敗
service-skipped = 未確認
service-found = { $count ->
    [0] 問題はありません。
   *[other] { $count } 件の確認が必要です。
}

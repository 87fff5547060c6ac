# The key tester.

help-title = ボタンテスト
help-introduction = リモコンのボタンを押してください。届いた内容がここに表示されます。ほかの動作はしません。「戻る」を続けて 2 回押すか、1 分間何も押さないと終了します。
help-press-a-key = ボタンを押してください。
help-back-twice = 戻る、戻る
help-leave = 終了
help-nothing = ここでは何もしません
help-code = コード { $code }
help-name = 名前 { $name }
help-character = 文字「{ $character }」
help-no-trace = コードも名前もないボタン
help-long-ok = OK を長押し
help-right-button = マウスの右ボタン
help-move = 移動
help-ok = 選択
help-back = 戻る
help-menu = 詳細・メニュー
help-home = 最初のチャンネル
help-next-channel = 次のチャンネル
help-previous-channel = 前のチャンネル
help-channel = 番号でチャンネル
help-refresh = 更新
help-account = アカウント
help-pause = 自動更新の一時停止
help-help = ボタンテスト

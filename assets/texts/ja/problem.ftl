# What stands in the way before anything can start.

problem-title = tenfoot を開始できません
problem-disk = { $path } のあるディスクが応答しません。接続を確認してください。ネットワーク共有の場合は、サーバーに接続できるか確認してください。
problem-on = 直してから、もう一度お試しください。
problem-config = 設定に誤りがあります
problem-config-on = ファイルを直して、もう一度お試しください。
problem-file = ファイル
problem-line = 行
problem-key = キー
problem-meant = 候補
problem-perhaps = 「{ $key }」
problem-again = もう一度試す
problem-unchanged = { $why } 以前の設定を引き続き使います。

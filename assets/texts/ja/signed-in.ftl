# The channels, and who is signed in.

signed-in-no-channels = チャンネルがありません
signed-in-no-channels-why = 設定に表示する [[channel]] がありません。
signed-in-stale = 最新ではありません：{ $why }
signed-in-stale-again = 最新ではありません：{ $why } { $seconds } 秒後に再試行します。
signed-in-stale-short = 最新ではありません。{ $seconds } 秒後に再試行します。
signed-in-more-failed = 続きを読み込めませんでした：{ $why }
signed-in-more-failed-again = 続きを読み込めませんでした：{ $why } { $seconds } 秒後に再試行します。
signed-in-more-failed-short = 続きを読み込めませんでした。{ $seconds } 秒後に再試行します。
signed-in-more-failed-key = 続きを読み込めませんでした：{ $why } ↓ を押すと再試行します。
signed-in-more-failed-key-short = 続きを読み込めませんでした。↓ を押すと再試行します。
signed-in-more-full = 続きがありますが、リストが長すぎてこのテレビには表示できません。
signed-in-empty = まだ何もありません
signed-in-empty-why = { $channel } には現在表示するものがありません。
signed-in-empty-so-far = { $channel } の最初の数ページは空です。↓ を押すと続きを探します。
signed-in-forbidden = 表示する権限がありません
signed-in-busy = 少々お待ちください
signed-in-unreachable = 応答がありません
signed-in-not-stored = セッションを保存できません
signed-in-unusable = 表示できません
signed-in-again-in = { $why } { $time }後に自動で再試行します。
signed-in-again = 再試行
signed-in-into = チャンネルを開く
signed-in-open = 開く
signed-in-account = アカウント
signed-in-channel = 次のチャンネル
signed-in-channels = チャンネル一覧
signed-in-refresh = 更新
signed-in-loading = 読み込み中…
signed-in-count = { $at } / { $all }
signed-in-count-more = { $at } / { $all }+
signed-in-updating = 更新中…
signed-in-loading-more = 続きを読み込み中…
signed-in-just-now = たった今更新
signed-in-as-of = { $time } 時点
signed-in-as-of-days =
    { $days ->
        [1] 昨日の { $time } 時点
       *[other] { $days } 日前の { $time } 時点
    }
signed-in-paused = 一時停止中
signed-in-as = ログイン中：
signed-in-as-guest = ゲストとしてログイン中：
signed-in-not-you = 別の方ですか？
signed-in-close = 閉じる
signed-in-switch = ユーザーを切り替える
signed-in-out = ログアウト
signed-in-signing-out = ログアウト中…
signed-in-guest = このテレビのゲスト
signed-in-guest-until = 終了または切り替え時にログアウトします。
signed-in-guest-short = 終了までゲストです
signed-in-here = このテレビにログイン中
signed-in-not-granted = 許可されていません：{ $scopes }
signed-in-with = { $host } のアカウント
signed-in-pause-key = 一時停止
signed-in-slides = スライドショー
signed-in-slides-stop = 停止
signed-in-slides-go = 再生
signed-in-slides-turn = 前へ・次へ
signed-in-not-accepted = サービスがこのログインを受け付けません
signed-in-sign-in = もう一度ログイン

# The start screen, and what it tells about before.

start-title = スマートフォンでログイン
start-gives = { $channels }をこのテレビで見られます。ここでの文字入力は不要です。
start-gives-plain = このテレビでの文字入力は不要です。
start-account = { $host } のアカウントを使います
start-guests = ゲストは終了時にログアウトされ、このテレビには何も残りません。
start-sign-in = ログイン
start-guest = ゲストとして使う
start-add = ユーザーを追加
start-demo = デモを試す
start-again = もう一度探す
start-who = ユーザーを選択
start-set-up-title = まだ設定されていません
start-set-up-file = tenfoot は、ログイン先と表示内容を書いたファイルを読み込みます。置き場所はここです。
start-set-up-more = 「tenfoot config example」でひな形を表示できます。デモにはファイルもアカウントも要りません。
start-set-up-example = 「tenfoot config example」でひな形を表示できます。
start-demo-approve =
    デモ：ブラウザーで承認してください
    { $address }
start-demo-open = このネットワークの誰でもデモのページと API を開けます。通信は暗号化されません。家庭での試用だけにしてください。
start-demo-alone = ネットワークが見つからないため、今はこの機器だけがページを開けます。{ $more }
start-cancelled = キャンセルしました。コードはこのテレビでは無効です。
start-guest-gone = ゲストはログアウトしました。このテレビには何も残っていません。
start-session-gone = { $name } さんはログアウトされています。「{ start-add }」を選んでください。
start-of = { $name } さん：{ $why }
start-sign-in-again = { $name } さんはもう一度ログインが必要です。
start-signed-out =
    { $known ->
        [0] ログアウトしました。
       *[other] { $name } さんはログアウトしました。
    }
start-browser = { $done }スマートフォンのブラウザーは { $host } にログインしたままかもしれません。
start-listed = { $done }{ $host } のアカウントには、このテレビがまだ表示されるかもしれません。
start-signed-out-but = { $done }{ $why }
start-not-deleted = このテレビからセッションを削除できませんでした。{ $why }
start-other-provider = 設定の接続先が { $host } に変わりました。{ $before } のセッションは保存されていますが、使われません。
start-other-client = 設定が { $host } の別のアプリケーション、または別の保存先に変わりました。もう一度サインインしてください。

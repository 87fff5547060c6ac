# The channels, and who is signed in.

signed-in-no-channels = No channels yet
signed-in-no-channels-why = The configuration names no [[channel]] to show.
signed-in-stale = Not up to date: { $why }
signed-in-stale-again = Not up to date: { $why } Trying again in { $seconds } s.
signed-in-stale-short = Not up to date. Trying again in { $seconds } s.
signed-in-more-failed = Couldn’t load more: { $why }
signed-in-more-failed-again = Couldn’t load more: { $why } Trying again in { $seconds } s.
signed-in-more-failed-short = Couldn’t load more. Trying again in { $seconds } s.
signed-in-more-failed-key = Couldn’t load more: { $why } Press ↓ to try again.
signed-in-more-failed-key-short = Couldn’t load more. Press ↓ to try again.
signed-in-more-full = There is more, but the list is too long for this TV.
signed-in-empty = Nothing here yet
signed-in-empty-why = { $channel } has nothing to show right now.
signed-in-empty-so-far = The first pages of { $channel } are empty. Press ↓ to see more.
signed-in-forbidden = You don’t have access to this
signed-in-busy = One moment, please
signed-in-unreachable = No answer
signed-in-not-stored = The session can’t be stored
signed-in-unusable = This can’t be shown
signed-in-again-in = { $why } Trying again in { $time }.
signed-in-again = Try again
signed-in-into = Open the channel
signed-in-open = Open
signed-in-account = Account
signed-in-channel = Next channel
signed-in-channels = Channels
signed-in-refresh = Refresh
signed-in-loading = Loading…
signed-in-count = { $at } of { $all }
signed-in-count-more = { $at } of { $all }+
signed-in-updating = updating…
signed-in-loading-more = loading more…
signed-in-just-now = updated just now
signed-in-as-of = as of { $time }
signed-in-as-of-days =
    { $days ->
        [one] as of yesterday, { $time }
       *[other] as of { $days } days ago, { $time }
    }
signed-in-paused = paused
signed-in-as = Signed in as
signed-in-as-guest = Signed in as a guest:
signed-in-not-you = Not you?
signed-in-close = Close
signed-in-switch = Switch person
signed-in-out = Sign out
signed-in-signing-out = Signing out…
signed-in-guest = Guest on this TV
signed-in-guest-until = Signed out when you leave or switch.
signed-in-guest-short = Guest until you leave or switch
signed-in-here = Signed in on this TV
signed-in-not-granted = Not granted: { $scopes }
signed-in-with = with { $host }
signed-in-pause-key = Pause
signed-in-slides = slideshow
signed-in-slides-stop = Stop here
signed-in-slides-go = Play
signed-in-slides-turn = Turn
signed-in-not-accepted = The service doesn’t accept this sign-in
signed-in-sign-in = Sign in again

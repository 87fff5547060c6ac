# What several screens say.

said = { $words }
list-more = { $most }, { $next }
list-last = { $most } and { $last }
list-others = { $count } more
key-back = Back
key-choose = Choose
key-move = Move
key-scroll = Scroll
key-cancel = Cancel
key-leave = Leave
key-start = Start
io-missing = there is nothing of that name
io-denied = tenfoot isn’t allowed to do that
io-full = there is no room left
io-read-only = it can only be read

# What several screens say.

said = { $words }
list-more = { $most }, { $next }
list-last = { $most } and { $last }
key-back = Back
key-choose = Choose
key-move = Move
key-cancel = Cancel
key-leave = Leave
key-start = Start

# The waiting screen.

waiting-session = Welcome back
waiting-session-of = Welcome back, { $name }
waiting-session-more = Looking for your session on this TV.
waiting-demo = Starting the demo
waiting-demo-more = It runs inside tenfoot and needs no account.
waiting-code = Getting a code
waiting-code-more = Waiting for { $host }.
waiting-approval = Approve on your phone
waiting-approval-more = Waiting for your approval at { $host }. The phone must show this code.
waiting-tokens = Approved
waiting-tokens-more = Checking the response from { $host } and saving it on this TV.
waiting-tokens-guest = Checking the response from { $host }.
waiting-show-code = Show the code again

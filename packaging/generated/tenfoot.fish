# Print an optspec for argparse to handle cmd's options that are independent of any subcommand.
function __fish_tenfoot_global_optspecs
    string join \n config= profile= windowed= kiosk log= h/help V/version
end

function __fish_tenfoot_needs_command
    # Figure out if the current invocation already has a command.
    set -l cmd (commandline -opc)
    set -e cmd[1]
    argparse -s (__fish_tenfoot_global_optspecs) -- $cmd 2>/dev/null
    or return
    if set -q argv[1]
        # Also print the command, so this can be used to figure out what it is.
        echo $argv[1]
        return 1
    end
    return 0
end

function __fish_tenfoot_using_subcommand
    set -l cmd (__fish_tenfoot_needs_command)
    test -z "$cmd"
    and return 1
    contains -- $cmd[1] $argv
end

complete -c tenfoot -n "__fish_tenfoot_needs_command" -l config -d 'Read the configuration from this file' -r -F
complete -c tenfoot -n "__fish_tenfoot_needs_command" -l profile -d 'Use the session of this name, where several people share a TV; "guest" is in memory alone [default: whoever used the TV last]' -r
complete -c tenfoot -n "__fish_tenfoot_needs_command" -l windowed -d 'Open a window instead of the whole screen [default size: 1280x720]' -r
complete -c tenfoot -n "__fish_tenfoot_needs_command" -l log -d 'Log this to stderr, as in "debug" or "tenfoot=debug"; also TENFOOT_LOG [default: info]' -r
complete -c tenfoot -n "__fish_tenfoot_needs_command" -l kiosk -d 'Don\'t leave the TV app with Escape or Back: only the service menu does, which Up Up Down Down Left Right Left Right OK opens'
complete -c tenfoot -n "__fish_tenfoot_needs_command" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c tenfoot -n "__fish_tenfoot_needs_command" -s V -l version -d 'Print version'
complete -c tenfoot -n "__fish_tenfoot_needs_command" -f -a "demo" -d 'Try the TV app with the provider and the API built into the program'
complete -c tenfoot -n "__fish_tenfoot_needs_command" -f -a "sign-in" -d 'Sign in from the terminal; the TV app then uses the same session'
complete -c tenfoot -n "__fish_tenfoot_needs_command" -f -a "status" -d 'Say who is signed in'
complete -c tenfoot -n "__fish_tenfoot_needs_command" -f -a "fetch" -d 'Call a channel and print what it answers'
complete -c tenfoot -n "__fish_tenfoot_needs_command" -f -a "sign-out" -d 'Revoke the session at the provider and delete it here'
complete -c tenfoot -n "__fish_tenfoot_needs_command" -f -a "doctor" -d 'Look at everything that signing in depends on, with a remedy for what is wrong'
complete -c tenfoot -n "__fish_tenfoot_needs_command" -f -a "config" -d 'Check, find or begin the configuration'
complete -c tenfoot -n "__fish_tenfoot_needs_command" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c tenfoot -n "__fish_tenfoot_using_subcommand demo" -l listen -d 'Address and port to listen on; 0.0.0.0 lets phones in the same network in' -r
complete -c tenfoot -n "__fish_tenfoot_using_subcommand demo" -l user-code-charset -d 'What user codes are made of' -r -f -a "letters\t'Consonants: no word can come out, and none looks like a digit'
digits\t'0 to 9, for phones that show a number pad'"
complete -c tenfoot -n "__fish_tenfoot_using_subcommand demo" -l user-code-mask -d 'The form of user codes: each * is one character' -r
complete -c tenfoot -n "__fish_tenfoot_using_subcommand demo" -l code-lifetime -d 'How long a code can be approved, in seconds' -r
complete -c tenfoot -n "__fish_tenfoot_using_subcommand demo" -l interval -d 'The least time between two polls, in seconds' -r
complete -c tenfoot -n "__fish_tenfoot_using_subcommand demo" -l token-lifetime -d 'How long an access token lives, in seconds' -r
complete -c tenfoot -n "__fish_tenfoot_using_subcommand demo" -l rotation-overlap -d 'How long the refresh token before the newest still works, in seconds' -r
complete -c tenfoot -n "__fish_tenfoot_using_subcommand demo" -l config -d 'Read the configuration from this file' -r -F
complete -c tenfoot -n "__fish_tenfoot_using_subcommand demo" -l profile -d 'Use the session of this name, where several people share a TV; "guest" is in memory alone [default: whoever used the TV last]' -r
complete -c tenfoot -n "__fish_tenfoot_using_subcommand demo" -l windowed -d 'Open a window instead of the whole screen [default size: 1280x720]' -r
complete -c tenfoot -n "__fish_tenfoot_using_subcommand demo" -l log -d 'Log this to stderr, as in "debug" or "tenfoot=debug"; also TENFOOT_LOG [default: info]' -r
complete -c tenfoot -n "__fish_tenfoot_using_subcommand demo" -l serve -d 'Run the provider and the API alone, without a window, until stopped'
complete -c tenfoot -n "__fish_tenfoot_using_subcommand demo" -l kiosk -d 'Don\'t leave the TV app with Escape or Back: only the service menu does, which Up Up Down Down Left Right Left Right OK opens'
complete -c tenfoot -n "__fish_tenfoot_using_subcommand demo" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c tenfoot -n "__fish_tenfoot_using_subcommand sign-in" -l config -d 'Read the configuration from this file' -r -F
complete -c tenfoot -n "__fish_tenfoot_using_subcommand sign-in" -l profile -d 'Use the session of this name, where several people share a TV; "guest" is in memory alone [default: whoever used the TV last]' -r
complete -c tenfoot -n "__fish_tenfoot_using_subcommand sign-in" -l windowed -d 'Open a window instead of the whole screen [default size: 1280x720]' -r
complete -c tenfoot -n "__fish_tenfoot_using_subcommand sign-in" -l log -d 'Log this to stderr, as in "debug" or "tenfoot=debug"; also TENFOOT_LOG [default: info]' -r
complete -c tenfoot -n "__fish_tenfoot_using_subcommand sign-in" -l json -d 'Print JSON for a program to read'
complete -c tenfoot -n "__fish_tenfoot_using_subcommand sign-in" -l kiosk -d 'Don\'t leave the TV app with Escape or Back: only the service menu does, which Up Up Down Down Left Right Left Right OK opens'
complete -c tenfoot -n "__fish_tenfoot_using_subcommand sign-in" -s h -l help -d 'Print help'
complete -c tenfoot -n "__fish_tenfoot_using_subcommand status" -l config -d 'Read the configuration from this file' -r -F
complete -c tenfoot -n "__fish_tenfoot_using_subcommand status" -l profile -d 'Use the session of this name, where several people share a TV; "guest" is in memory alone [default: whoever used the TV last]' -r
complete -c tenfoot -n "__fish_tenfoot_using_subcommand status" -l windowed -d 'Open a window instead of the whole screen [default size: 1280x720]' -r
complete -c tenfoot -n "__fish_tenfoot_using_subcommand status" -l log -d 'Log this to stderr, as in "debug" or "tenfoot=debug"; also TENFOOT_LOG [default: info]' -r
complete -c tenfoot -n "__fish_tenfoot_using_subcommand status" -l json -d 'Print JSON for a program to read'
complete -c tenfoot -n "__fish_tenfoot_using_subcommand status" -l kiosk -d 'Don\'t leave the TV app with Escape or Back: only the service menu does, which Up Up Down Down Left Right Left Right OK opens'
complete -c tenfoot -n "__fish_tenfoot_using_subcommand status" -s h -l help -d 'Print help'
complete -c tenfoot -n "__fish_tenfoot_using_subcommand fetch" -l page -d 'Print this page of the results, counted from 1' -r
complete -c tenfoot -n "__fish_tenfoot_using_subcommand fetch" -l config -d 'Read the configuration from this file' -r -F
complete -c tenfoot -n "__fish_tenfoot_using_subcommand fetch" -l profile -d 'Use the session of this name, where several people share a TV; "guest" is in memory alone [default: whoever used the TV last]' -r
complete -c tenfoot -n "__fish_tenfoot_using_subcommand fetch" -l windowed -d 'Open a window instead of the whole screen [default size: 1280x720]' -r
complete -c tenfoot -n "__fish_tenfoot_using_subcommand fetch" -l log -d 'Log this to stderr, as in "debug" or "tenfoot=debug"; also TENFOOT_LOG [default: info]' -r
complete -c tenfoot -n "__fish_tenfoot_using_subcommand fetch" -l kiosk -d 'Don\'t leave the TV app with Escape or Back: only the service menu does, which Up Up Down Down Left Right Left Right OK opens'
complete -c tenfoot -n "__fish_tenfoot_using_subcommand fetch" -s h -l help -d 'Print help'
complete -c tenfoot -n "__fish_tenfoot_using_subcommand sign-out" -l config -d 'Read the configuration from this file' -r -F
complete -c tenfoot -n "__fish_tenfoot_using_subcommand sign-out" -l profile -d 'Use the session of this name, where several people share a TV; "guest" is in memory alone [default: whoever used the TV last]' -r
complete -c tenfoot -n "__fish_tenfoot_using_subcommand sign-out" -l windowed -d 'Open a window instead of the whole screen [default size: 1280x720]' -r
complete -c tenfoot -n "__fish_tenfoot_using_subcommand sign-out" -l log -d 'Log this to stderr, as in "debug" or "tenfoot=debug"; also TENFOOT_LOG [default: info]' -r
complete -c tenfoot -n "__fish_tenfoot_using_subcommand sign-out" -l all -d 'Sign out everybody, whatever configuration stored their session, and delete all that is left'
complete -c tenfoot -n "__fish_tenfoot_using_subcommand sign-out" -l kiosk -d 'Don\'t leave the TV app with Escape or Back: only the service menu does, which Up Up Down Down Left Right Left Right OK opens'
complete -c tenfoot -n "__fish_tenfoot_using_subcommand sign-out" -s h -l help -d 'Print help'
complete -c tenfoot -n "__fish_tenfoot_using_subcommand doctor" -l config -d 'Read the configuration from this file' -r -F
complete -c tenfoot -n "__fish_tenfoot_using_subcommand doctor" -l profile -d 'Use the session of this name, where several people share a TV; "guest" is in memory alone [default: whoever used the TV last]' -r
complete -c tenfoot -n "__fish_tenfoot_using_subcommand doctor" -l windowed -d 'Open a window instead of the whole screen [default size: 1280x720]' -r
complete -c tenfoot -n "__fish_tenfoot_using_subcommand doctor" -l log -d 'Log this to stderr, as in "debug" or "tenfoot=debug"; also TENFOOT_LOG [default: info]' -r
complete -c tenfoot -n "__fish_tenfoot_using_subcommand doctor" -l json -d 'Print one JSON object'
complete -c tenfoot -n "__fish_tenfoot_using_subcommand doctor" -l channels -d 'Call each channel once, too, with the stored session'
complete -c tenfoot -n "__fish_tenfoot_using_subcommand doctor" -l kiosk -d 'Don\'t leave the TV app with Escape or Back: only the service menu does, which Up Up Down Down Left Right Left Right OK opens'
complete -c tenfoot -n "__fish_tenfoot_using_subcommand doctor" -s h -l help -d 'Print help'
complete -c tenfoot -n "__fish_tenfoot_using_subcommand config; and not __fish_seen_subcommand_from check example path help" -l config -d 'Read the configuration from this file' -r -F
complete -c tenfoot -n "__fish_tenfoot_using_subcommand config; and not __fish_seen_subcommand_from check example path help" -l profile -d 'Use the session of this name, where several people share a TV; "guest" is in memory alone [default: whoever used the TV last]' -r
complete -c tenfoot -n "__fish_tenfoot_using_subcommand config; and not __fish_seen_subcommand_from check example path help" -l windowed -d 'Open a window instead of the whole screen [default size: 1280x720]' -r
complete -c tenfoot -n "__fish_tenfoot_using_subcommand config; and not __fish_seen_subcommand_from check example path help" -l log -d 'Log this to stderr, as in "debug" or "tenfoot=debug"; also TENFOOT_LOG [default: info]' -r
complete -c tenfoot -n "__fish_tenfoot_using_subcommand config; and not __fish_seen_subcommand_from check example path help" -l kiosk -d 'Don\'t leave the TV app with Escape or Back: only the service menu does, which Up Up Down Down Left Right Left Right OK opens'
complete -c tenfoot -n "__fish_tenfoot_using_subcommand config; and not __fish_seen_subcommand_from check example path help" -s h -l help -d 'Print help'
complete -c tenfoot -n "__fish_tenfoot_using_subcommand config; and not __fish_seen_subcommand_from check example path help" -f -a "check" -d 'Say whether the configuration can be used, and if not, what is wrong where'
complete -c tenfoot -n "__fish_tenfoot_using_subcommand config; and not __fish_seen_subcommand_from check example path help" -f -a "example" -d 'Print a commented example with every key'
complete -c tenfoot -n "__fish_tenfoot_using_subcommand config; and not __fish_seen_subcommand_from check example path help" -f -a "path" -d 'Print which file is read'
complete -c tenfoot -n "__fish_tenfoot_using_subcommand config; and not __fish_seen_subcommand_from check example path help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c tenfoot -n "__fish_tenfoot_using_subcommand config; and __fish_seen_subcommand_from check" -l config -d 'Read the configuration from this file' -r -F
complete -c tenfoot -n "__fish_tenfoot_using_subcommand config; and __fish_seen_subcommand_from check" -l profile -d 'Use the session of this name, where several people share a TV; "guest" is in memory alone [default: whoever used the TV last]' -r
complete -c tenfoot -n "__fish_tenfoot_using_subcommand config; and __fish_seen_subcommand_from check" -l windowed -d 'Open a window instead of the whole screen [default size: 1280x720]' -r
complete -c tenfoot -n "__fish_tenfoot_using_subcommand config; and __fish_seen_subcommand_from check" -l log -d 'Log this to stderr, as in "debug" or "tenfoot=debug"; also TENFOOT_LOG [default: info]' -r
complete -c tenfoot -n "__fish_tenfoot_using_subcommand config; and __fish_seen_subcommand_from check" -l kiosk -d 'Don\'t leave the TV app with Escape or Back: only the service menu does, which Up Up Down Down Left Right Left Right OK opens'
complete -c tenfoot -n "__fish_tenfoot_using_subcommand config; and __fish_seen_subcommand_from check" -s h -l help -d 'Print help'
complete -c tenfoot -n "__fish_tenfoot_using_subcommand config; and __fish_seen_subcommand_from example" -l config -d 'Read the configuration from this file' -r -F
complete -c tenfoot -n "__fish_tenfoot_using_subcommand config; and __fish_seen_subcommand_from example" -l profile -d 'Use the session of this name, where several people share a TV; "guest" is in memory alone [default: whoever used the TV last]' -r
complete -c tenfoot -n "__fish_tenfoot_using_subcommand config; and __fish_seen_subcommand_from example" -l windowed -d 'Open a window instead of the whole screen [default size: 1280x720]' -r
complete -c tenfoot -n "__fish_tenfoot_using_subcommand config; and __fish_seen_subcommand_from example" -l log -d 'Log this to stderr, as in "debug" or "tenfoot=debug"; also TENFOOT_LOG [default: info]' -r
complete -c tenfoot -n "__fish_tenfoot_using_subcommand config; and __fish_seen_subcommand_from example" -l kiosk -d 'Don\'t leave the TV app with Escape or Back: only the service menu does, which Up Up Down Down Left Right Left Right OK opens'
complete -c tenfoot -n "__fish_tenfoot_using_subcommand config; and __fish_seen_subcommand_from example" -s h -l help -d 'Print help'
complete -c tenfoot -n "__fish_tenfoot_using_subcommand config; and __fish_seen_subcommand_from path" -l config -d 'Read the configuration from this file' -r -F
complete -c tenfoot -n "__fish_tenfoot_using_subcommand config; and __fish_seen_subcommand_from path" -l profile -d 'Use the session of this name, where several people share a TV; "guest" is in memory alone [default: whoever used the TV last]' -r
complete -c tenfoot -n "__fish_tenfoot_using_subcommand config; and __fish_seen_subcommand_from path" -l windowed -d 'Open a window instead of the whole screen [default size: 1280x720]' -r
complete -c tenfoot -n "__fish_tenfoot_using_subcommand config; and __fish_seen_subcommand_from path" -l log -d 'Log this to stderr, as in "debug" or "tenfoot=debug"; also TENFOOT_LOG [default: info]' -r
complete -c tenfoot -n "__fish_tenfoot_using_subcommand config; and __fish_seen_subcommand_from path" -l kiosk -d 'Don\'t leave the TV app with Escape or Back: only the service menu does, which Up Up Down Down Left Right Left Right OK opens'
complete -c tenfoot -n "__fish_tenfoot_using_subcommand config; and __fish_seen_subcommand_from path" -s h -l help -d 'Print help'
complete -c tenfoot -n "__fish_tenfoot_using_subcommand config; and __fish_seen_subcommand_from help" -f -a "check" -d 'Say whether the configuration can be used, and if not, what is wrong where'
complete -c tenfoot -n "__fish_tenfoot_using_subcommand config; and __fish_seen_subcommand_from help" -f -a "example" -d 'Print a commented example with every key'
complete -c tenfoot -n "__fish_tenfoot_using_subcommand config; and __fish_seen_subcommand_from help" -f -a "path" -d 'Print which file is read'
complete -c tenfoot -n "__fish_tenfoot_using_subcommand config; and __fish_seen_subcommand_from help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c tenfoot -n "__fish_tenfoot_using_subcommand help; and not __fish_seen_subcommand_from demo sign-in status fetch sign-out doctor config help" -f -a "demo" -d 'Try the TV app with the provider and the API built into the program'
complete -c tenfoot -n "__fish_tenfoot_using_subcommand help; and not __fish_seen_subcommand_from demo sign-in status fetch sign-out doctor config help" -f -a "sign-in" -d 'Sign in from the terminal; the TV app then uses the same session'
complete -c tenfoot -n "__fish_tenfoot_using_subcommand help; and not __fish_seen_subcommand_from demo sign-in status fetch sign-out doctor config help" -f -a "status" -d 'Say who is signed in'
complete -c tenfoot -n "__fish_tenfoot_using_subcommand help; and not __fish_seen_subcommand_from demo sign-in status fetch sign-out doctor config help" -f -a "fetch" -d 'Call a channel and print what it answers'
complete -c tenfoot -n "__fish_tenfoot_using_subcommand help; and not __fish_seen_subcommand_from demo sign-in status fetch sign-out doctor config help" -f -a "sign-out" -d 'Revoke the session at the provider and delete it here'
complete -c tenfoot -n "__fish_tenfoot_using_subcommand help; and not __fish_seen_subcommand_from demo sign-in status fetch sign-out doctor config help" -f -a "doctor" -d 'Look at everything that signing in depends on, with a remedy for what is wrong'
complete -c tenfoot -n "__fish_tenfoot_using_subcommand help; and not __fish_seen_subcommand_from demo sign-in status fetch sign-out doctor config help" -f -a "config" -d 'Check, find or begin the configuration'
complete -c tenfoot -n "__fish_tenfoot_using_subcommand help; and not __fish_seen_subcommand_from demo sign-in status fetch sign-out doctor config help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c tenfoot -n "__fish_tenfoot_using_subcommand help; and __fish_seen_subcommand_from config" -f -a "check" -d 'Say whether the configuration can be used, and if not, what is wrong where'
complete -c tenfoot -n "__fish_tenfoot_using_subcommand help; and __fish_seen_subcommand_from config" -f -a "example" -d 'Print a commented example with every key'
complete -c tenfoot -n "__fish_tenfoot_using_subcommand help; and __fish_seen_subcommand_from config" -f -a "path" -d 'Print which file is read'

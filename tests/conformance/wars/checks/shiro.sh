#!/bin/bash
# Apache Shiro's sample: its filter over everything, its own sessions and login form, tags that show what a user may do, a remember-me cookie.
. "$(dirname "$0")/lib.sh"
get / 200; has 'Hi Guest' 'Log in'; hasnt 'account page</a>.'
ims /style.css text/css
get /account/ 302; N=$((N+1)); [ "$(loc)" = "$BASE/login.jsp" ] || note "$LAST: location $(loc)"
page /account/ 200; form loginform username=lonestarr password=wrong submit=Login; LASTURL=$BASE/login.jsp submit 200; has 'loginform'
page /account/ 200; ACT=$BASE/login.jsp; form loginform username=lonestarr password=vespa rememberMe=on submit=Login; ACT=$BASE/login.jsp
req "POST form" "$ACT" 302 -K "$T/form"; N=$((N+1)); [ "$(loc)" = "$BASE/account/" ] || note "$LAST: location $(loc)"
hdr set-cookie rememberMe=
get /account/ 200
get /home.jsp 200; has 'Hi lonestarr' 'goodguy'; hasre 'logout'
get /remoting/x '302|401|403|404'
post /logout 302 -d ''; get /home.jsp 200; has 'Hi Guest'
get /WEB-INF/shiro.ini 404
finish

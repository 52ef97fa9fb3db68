#!/bin/bash
# Spring Boot without web.xml: MVC with Jackson, multipart, async, server-sent events, sessions, security's login page, WebSocket, SockJS, actuator.
. "$(dirname "$0")/lib.sh"
get / 200; has '<h1>static</h1>'; hdr content-type text/html
ims /index.html text/html
get '/json/7?q=a%20b' 200; has '"id":7' '"q":"a b"' '1970-01-01T00:00:00Z'; hdr content-type application/json
post /echo 200 -H 'Content-Type: application/json' -d '{"a":[1,2]}'; has '{"a":[1,2]}'
post /echo 400 -H 'Content-Type: application/json' -d '{"a":'; post /echo 415 -d a=b
head -c 300000 /dev/zero >"$T/zeros"; post /upload 200 -F "file=@$T/zeros"; has 'zeros 300000'
for i in 1 2 3 4; do get /count 200; has "count $i"; done
get /later 200; has later
get /events 200; hdr content-type text/event-stream; has 'data:event 0' 'data:event 2'
get /fail 500 -H 'Accept: application/json'; has '"status":500'; get /fail 500 -H 'Accept: text/html'; has 'Whitelabel'
get /private/me 302 -H 'Accept: text/html'; page /private/me 200 -H 'Accept: text/html'
form login username=alice password=wrong; submit 200 -H 'Accept: text/html'; has 'Invalid credentials'
form login username=alice password=wonder; submit 200 -H 'Accept: text/html'; has 'I am alice'
get /private/me 200; has 'I am alice'; get /count 200; has 'count 5'
get /actuator/health 200; has '"status":"UP"'; get /actuator/mappings 200; has 'dispatcherServlet'
get /sock/info 200; has '"websocket":true'
N=$((N+1)); python3 "$HERE/ws.py" "$BASE/echo-socket" -- text:hi 'expect:echo hi' close >"$T/ws" 2>&1 || note "WebSocket: $(tail -1 "$T/ws")"
get /nosuch 404
finish

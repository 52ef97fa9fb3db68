#!/bin/bash
# Activiti: process engine with its database in memory; Vaadin 6, whose whole user interface is in the session; Spring MVC; login form of its own.
. "$(dirname "$0")/lib.sh"
get / 200; has 'vaadin.vaadinConfigurations' "appUri:'$CTX/ui'"; get /ui/ 200; has 'Activiti&#32;Explorer'
ims /VAADIN/themes/activiti/styles.css text/css nolen; get /VAADIN/nothing.css 404
get /service/editor/stencilset 403
uidl() { post "/ui/UIDL/?repaintAll=1&sh=768&sw=1024&cw=1024&ch=700&vw=1024" 200 --data-binary "${1:-}"; hdr content-type application/json; hasnt appError; }
uidl; has 'for(;;);' 'v-loginform'; handler=$(sub 'app:\\\/\\\/(APP\\\/[0-9]+)\\\/login' | tr -d '\\')
get "/ui/$handler/login" 200; hasre 'name=.?username'
post "/ui/$handler/loginHandler" 200 -d 'username=kermit&password=wrong'; uidl; hasnt 'Kermit The Frog'
handler=$(sub 'app:\\\/\\\/(APP\\\/[0-9]+)\\\/login' | tr -d '\\')
post "/ui/$handler/loginHandler" 200 -d 'username=kermit&password=kermit'; has 'forceSync'
for i in 1 2 3; do uidl; has 'Kermit The Frog' 'Processes' 'Inbox'; done
get /service/editor/stencilset 200; hdr content-type application/json; has '"Process editor"'; get /service/nothing 404
ims /diagram-viewer/index.html text/html; get /WEB-INF/web.xml 404
rm -f "$JAR"; get /service/editor/stencilset 403
finish

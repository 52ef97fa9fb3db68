#!/bin/bash
# Jakarta Faces with CDI: views that are restored and beans of a session, on whichever worker; partial requests; beans in servlets and filters.
. "$(dirname "$0")/lib.sh"
get / 200; has 'count=<span id="count">0</span>' 'greeting=Hello' '<i>1</i><i>4</i><i>9</i>'
for i in 1 2 3 4; do
  page /index.xhtml 200; form 'form' 'form:name=Ada' 'form:go=go'; submit 200; has "count=<span id=\"count\">$i</span>" 'greeting=Hello Ada'
done
# what is not valid is told and changes nothing
page /index.xhtml 200; form 'form' 'form:name=' 'form:go=go'; submit 200; has 'Validation Error' '<span id="count">4</span>'
# a partial request
page /index.xhtml 200; form 'form' 'form:name=Bob' 'form:ajax=ajax'
submit 200 -H 'Faces-Request: partial/ajax' --data-urlencode jakarta.faces.partial.ajax=true --data-urlencode jakarta.faces.source=form:ajax \
  --data-urlencode jakarta.faces.behavior.event=action --data-urlencode jakarta.faces.partial.execute=form --data-urlencode jakarta.faces.partial.render=count
hdr content-type text/xml; has '<partial-response' '<update id="count">' '>5</span>'
for i in 6 7 8; do get /beans 200; has "Hello servlet $i, constructed after injection, Hello filter, manager true"; done
get /jakarta.faces.resource/faces.js.xhtml?ln=jakarta.faces 200; hdr content-type javascript
get /nosuch.xhtml 404; get /WEB-INF/beans.xml 404; get /META-INF/context.xml 404
finish

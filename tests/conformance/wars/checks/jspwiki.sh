#!/bin/bash
# JSPWiki: pages with own tag libraries, editing with its spam filter's hidden fields, history, a plain-text and an RSS view, its own login.
. "$(dirname "$0")/lib.sh"
get / 200; has 'JSPWiki: Main'
ims /scripts/jspwiki-common.js javascript
get '/Wiki.jsp?page=Main' 200; has 'JSPWiki: Main'
get '/PageInfo.jsp?page=Main' 200; get '/Login.jsp' 200; has 'j_username'
get '/Search.jsp?query=wiki' 302; get '/UserPreferences.jsp' 302
title=Narwhal$$
page "/Edit.jsp?page=$title" 200; form encodingcheck "_editedtext=A __tusk__ of its own" ok=Save
submit 200; get "/Wiki.jsp?page=$title" 200; has '<b>tusk</b>'
get "/Wiki.jsp?page=$title&skin=raw" 200; get "/Diff.jsp?page=$title" 200
get '/Wiki.jsp?page=NoSuchPage' 200; has 'NoSuchPage'
get /WEB-INF/jspwiki.policy 404; get /nosuch 404
finish

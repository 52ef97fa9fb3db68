-- KEYS: session, or the context's expiries. ARGV: prefix, the number or nothing, the moment by which it has expired.
local prefix, number = ARGV[1], ARGV[2]
if number == '' then
    while true do
        local due = redis.call('ZRANGEBYSCORE', KEYS[1], '-inf', ARGV[3], 'LIMIT', 0, 1)
        if not due[1] then return false end
        if redis.call('EXISTS', prefix .. 's:' .. due[1]) == 1 then
            number = due[1]
            break
        end
        redis.call('ZREM', KEYS[1], due[1])
    end
end
local session = prefix .. 's:' .. number
local h = redis.call('HMGET', session, 'version', 'created', 'accessed', 'touched', 'max', 'context', 'key', 'id')
if not h[1] then return false end
local reply = {number, h[1], h[2], h[3], h[4], h[5], h[8]}
local fields = redis.call('HGETALL', prefix .. 'v:' .. number)
for i = 1, #fields, 2 do
    reply[#reply + 1] = fields[i]
    reply[#reply + 1] = fields[i + 1]
    reply[#reply + 1] = redis.call('HGET', prefix .. 'a:' .. number, fields[i])
end
redis.call('DEL', h[7], session, prefix .. 'v:' .. number, prefix .. 'a:' .. number)
redis.call('ZREM', prefix .. 'e:' .. h[6], number)
return reply

-- KEYS: id. ARGV: prefix of sessions, the number that the caller expects, the version of it that it knows.
-- Nothing for an unknown id; without the attributes when that version is the current one.
local number = redis.call('GET', KEYS[1])
if not number then return false end
local session = ARGV[1] .. 's:' .. number
local h = redis.call('HMGET', session, 'version', 'created', 'accessed', 'touched', 'max')
if not h[1] then return false end
local reply = {number, h[1], h[2], h[3], h[4], h[5]}
if number == ARGV[2] and h[1] == ARGV[3] then return reply end
local known = number == ARGV[2] and tonumber(ARGV[3]) or 0
reply[7] = 'attributes'
local fields = redis.call('HGETALL', ARGV[1] .. 'v:' .. number)
for i = 1, #fields, 2 do
    reply[#reply + 1] = fields[i]
    reply[#reply + 1] = fields[i + 1]
    reply[#reply + 1] = tonumber(fields[i + 1]) > known and redis.call('HGET', ARGV[1] .. 'a:' .. number, fields[i]) or false
end
return reply

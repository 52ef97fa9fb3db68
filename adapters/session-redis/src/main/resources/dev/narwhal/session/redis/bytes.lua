-- ARGV: context, and at how many of its sessions to look: all of them take about as much as these, each.
local expiries = prefix .. 'expiries:' .. ARGV[1]
local looked, bytes = 0, 0
for _, number in ipairs(redis.call('ZRANDMEMBER', expiries, ARGV[2])) do
    local session = prefix .. 'session:' .. number
    local id = redis.call('HGET', session, 'id')
    if id then
        for _, key in ipairs({id_key(ARGV[1], id), session, prefix .. 'values:' .. number}) do
            bytes = bytes + (redis.call('MEMORY', 'USAGE', key, 'SAMPLES', 20) or 0)
        end
        looked = looked + 1
    end
end
if looked == 0 then return 0 end
return math.floor(bytes / looked * redis.call('ZCARD', expiries))

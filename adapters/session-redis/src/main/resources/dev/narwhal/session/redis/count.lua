-- ARGV: context; or nothing, for all of them.
local contexts = #ARGV > 0 and ARGV or redis.call('SMEMBERS', prefix .. 'contexts')
local count = 0
for _, context in ipairs(contexts) do
    count = count + redis.call('ZCARD', prefix .. 'expiries:' .. context)
end
return count

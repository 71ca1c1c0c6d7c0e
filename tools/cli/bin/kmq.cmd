@echo off
rem Runs the kmq command from a clone: builds it when it is missing. Needs a JDK, 17 or newer.
setlocal
set "here=%~dp0"
set "self=%~f0"
for /f "usebackq delims=" %%i in (`powershell -NoProfile -Command "$i=Get-Item -LiteralPath $env:self; while($i.LinkType -eq 'SymbolicLink'){$t=@($i.Target)[0]; if(-not [IO.Path]::IsPathRooted($t)){$t=Join-Path $i.DirectoryName $t}; $i=Get-Item -LiteralPath $t}; $i.DirectoryName+'\'"`) do set "here=%%i"
set "jar=%here%cli\target\kmq.jar"
if defined JAVA_HOME (set "java=%JAVA_HOME%\bin\java.exe") else (set "java=java")
powershell -NoProfile -Command "$j=Get-Item -ErrorAction SilentlyContinue -LiteralPath $env:jar; if(-not $j){exit 1}; $s=Get-ChildItem -Recurse -File -LiteralPath ($env:here+'..\codec\src\main'),($env:here+'..\imageio-plugin\src\main'),($env:here+'metrics\src\main'),($env:here+'cli\src\main') | Where-Object {$_.LastWriteTime -gt $j.LastWriteTime}; if($s){exit 1}"
if errorlevel 1 (
  echo kmq: building ^(once^) 1>&2
  pushd "%here%.."
  call mvnw.cmd -B -q -ntp -pl tools/cli -am package -DskipTests -Dmaven.javadoc.skip -Dspotless.check.skip -Djacoco.skip 1>&2
  if errorlevel 1 (
    popd
    echo kmq: the build failed 1>&2
    exit /b 1
  )
  popd
)
"%java%" -Xshare:auto -XX:+UseSerialGC %KMQ_JAVA_OPTS% -jar "%jar%" %*
exit /b %errorlevel%
